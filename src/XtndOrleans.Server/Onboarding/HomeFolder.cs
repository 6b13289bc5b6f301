namespace XtndOrleans.Server.Onboarding;

/// <summary>What is remembered between two starts, each in a file that nobody else may read.</summary>
internal sealed class HomeFolder(string path)
{
    const string Stores = "stores";

    /// <summary>The tenant's API key, alone on its line: for a person's curl.</summary>
    public const string ApiKey = "api-key";

    /// <summary>The id of the key's tenant.</summary>
    public const string Tenant = "tenant";

    /// <summary>The id of the connection, for a person's curl.</summary>
    public const string Connection = "connection";

    readonly string root = System.IO.Path.GetFullPath(path);

    public string Path(string name) => System.IO.Path.Combine(root, name);

    public string? Read(string name) => File.Exists(Path(name)) && File.ReadAllText(Path(name)).Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Writes a file whole, or not at all.</summary>
    public void Write(string name, string text)
    {
        Directory.CreateDirectory(root);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new StreamWriter(Path(name) + ".new", options))
        {
            file.WriteLine(text);
        }

        File.Move(Path(name) + ".new", Path(name), overwrite: true);
    }

    public void Forget(string name) => File.Delete(Path(name));

    /// <summary>Remembers that a store's secret is with the server, so that nobody is asked for it again.</summary>
    public void AddStore(string accessToken, string apiUrl)
    {
        var known = (Read(Stores) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Write(Stores, string.Join('\n', known.Append($"{accessToken} {apiUrl}").Distinct(StringComparer.Ordinal)));
    }
}
