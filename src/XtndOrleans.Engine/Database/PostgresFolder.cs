using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace XtndOrleans.Engine.Database;

/// <summary>The folder of an embedded PostgreSQL, held by one server at a time. The kernel frees the lock however that server ends.</summary>
internal sealed class PostgresFolder : IDisposable
{
    // What flock says on Linux and on macOS when another has it.
    const int TakenOnLinux = 11;
    const int TakenOnMacOS = 35;

    readonly FileStream held;

    PostgresFolder(string root, FileStream held)
    {
        Root = root;
        this.held = held;
    }

    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public string Log => Path.Combine(Root, "postgres.log");

    string PortFile => Path.Combine(Root, "port");

    string PasswordFile => Path.Combine(Root, "password");

    /// <summary>The version that made the data; null when there is none yet.</summary>
    public int? DataVersion =>
        File.Exists(Path.Combine(Data, "PG_VERSION"))
            ? int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")).Trim().Split('.')[0], CultureInfo.InvariantCulture) // 9.6 and older have two parts
            : null;

    public int? LastPort =>
        File.Exists(PortFile) && int.TryParse(File.ReadAllText(PortFile), CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>Takes the folder, or says who has it.</summary>
    public static PostgresFolder Claim(string folder)
    {
        var root = Path.Combine(Path.GetFullPath(folder), "pg");
        if (root.AsSpan().ContainsAny("\"$`\\"))
        {
            // pg_ctl gives the path to a shell, between double quotes.
            throw new DatabaseException($"The folder {root} has one of \" $ ` \\ in its name, which PostgreSQL's pg_ctl cannot take. Choose another with Xtnd:Embedded:Folder.");
        }

        try
        {
            // Others may pass through the folder, as the user that PostgreSQL runs as must; what is in pg is that user's alone.
            Unix.MakeFolder(Path.GetFullPath(folder), Unix.OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            Unix.MakeFolder(root, Unix.OwnerOnly);
            return Hold(root);
        }
        catch (IOException taken) when (taken.HResult is TakenOnLinux or TakenOnMacOS)
        {
            throw new DatabaseException($"The embedded database in {root} is in use by {Holder(root)}. Stop that one, or choose another folder with Xtnd:Embedded:Folder.", taken);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"The folder {root} cannot be written: {failed.Message} Choose another with Xtnd:Embedded:Folder.", failed);
        }
    }

    static PostgresFolder Hold(string root)
    {
        var held = new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            File.WriteAllText(Path.Combine(root, "holder"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(root, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    static string Holder(string root) =>
        Path.Combine(root, "holder") is var file && File.Exists(file) && File.ReadAllText(file) is { Length: > 0 } process ? $"the server with process id {process}" : "another server";

    /// <summary>The password of our user, made at the first call. Readable by us and PostgreSQL's user alone.</summary>
    public string Password()
    {
        if (File.Exists(PasswordFile) && File.ReadAllText(PasswordFile) is { Length: > 0 } password)
        {
            return password;
        }

        password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        using var file = new FileStream(PasswordFile, Unix.Private(FileMode.Create));
        file.Write(Encoding.ASCII.GetBytes(password));
        return password;
    }

    public string PasswordPath => PasswordFile;

    public void RememberPort(int port) => File.WriteAllText(PortFile, port.ToString(CultureInfo.InvariantCulture));

    /// <summary>Lets another server have the folder.</summary>
    public void Dispose() => held.Dispose();
}
