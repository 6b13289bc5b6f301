namespace XtndOrleans.Server.Onboarding;

/// <summary>What the command <c>onboard</c> was told. Secrets come from the environment: the arguments of a process are everybody's to read.</summary>
internal sealed record OnboardArguments
{
    const string Usage = """
        XtndOrleans.Server onboard --api-url URL --access-token USER [--url URL] [--home FOLDER] [--name NAME]

        Connects a Magento store over the REST API of a running server, verifies it, sets its schedules active and makes the first runs.

          --api-url URL         the store's address
          --access-token USER   the name of the store's administration user; the password is taken from XTND_SECRET
          --url URL             the server (http://localhost:5080)
          --home FOLDER         where the API key is kept between calls (.xtnd)
          --name NAME           what to call the connection (the store's host)

        Xtnd__PlatformKey is the server's, for making the tenant and the key.
        """;

    /// <summary>The server.</summary>
    public Uri Url { get; private init; } = new("http://localhost:5080");

    /// <summary>The folder of <see cref="HomeFolder"/>.</summary>
    public string Home { get; private init; } = ".xtnd";

    /// <summary>The store's address, as typed.</summary>
    public string ApiUrl { get; private init; } = "";

    /// <summary>The store user's name.</summary>
    public string AccessToken { get; private init; } = "";

    /// <summary>The connection's name.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The store user's password; empty when the server has it already.</summary>
    public string Secret { get; private init; } = "";

    /// <summary>The server's platform key; empty when a tenant's key is at hand.</summary>
    public string PlatformKey { get; private init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"onboard {ApiUrl}";

    /// <summary>Reads the command line and the environment. Throws <see cref="OnboardException"/> with the usage.</summary>
    public static OnboardArguments Read(IReadOnlyList<string> arguments)
    {
        var read = new OnboardArguments
        {
            Secret = Environment.GetEnvironmentVariable("XTND_SECRET") ?? "",
            PlatformKey = Environment.GetEnvironmentVariable("Xtnd__PlatformKey") ?? "",
        };
        for (var i = 0; i < arguments.Count; i += 2)
        {
            read = With(read, arguments[i], i + 1 < arguments.Count ? arguments[i + 1] : "");
        }

        return read is { ApiUrl: "" } or { AccessToken: "" } ? throw new OnboardException(Usage) : read with { Name = read.Name is "" ? Host(read.ApiUrl) : read.Name };
    }

    static OnboardArguments With(OnboardArguments read, string option, string value) => option switch
    {
        "--api-url" => read with { ApiUrl = value },
        "--access-token" => read with { AccessToken = value },
        "--home" when value is not "" => read with { Home = value },
        "--name" => read with { Name = value },
        "--url" when Uri.TryCreate(value, UriKind.Absolute, out var url) => read with { Url = url },
        _ => throw new OnboardException(Usage),
    };

    // What is no address the server refuses, in its own words.
    static string Host(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Host is not "" ? url.Host : address;
}

/// <summary>Why it cannot go on, for a person to read: shown without a stack trace.</summary>
internal sealed class OnboardException(string message) : Exception(message);
