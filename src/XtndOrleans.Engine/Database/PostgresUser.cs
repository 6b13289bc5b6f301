namespace XtndOrleans.Engine.Database;

/// <summary>Who PostgreSQL runs as: ourselves, or, when we are root, a user that gives every right away.</summary>
internal sealed class PostgresUser
{
    readonly string[] prefix;

    PostgresUser(string? name, string[] prefix)
    {
        Name = name;
        this.prefix = prefix;
    }

    /// <summary>The user to become; null when we stay who we are.</summary>
    public string? Name { get; }

    public static PostgresUser Choose(string user)
    {
        if (Environment.UserName != "root")
        {
            return new(null, []);
        }

        if (!File.ReadLines("/etc/passwd").Any(line => line.StartsWith(user + ":", StringComparison.Ordinal)))
        {
            throw new DatabaseException(
                $"PostgreSQL never runs as root, and there is no user {user} to run it as. Create one (useradd --system {user}), name another with Xtnd:Embedded:User, or start the server as an ordinary user.");
        }

        return new(user, Drop(user) ?? throw new DatabaseException(
            "PostgreSQL never runs as root, and neither setpriv nor runuser is there to become another user. Install util-linux, or start the server as an ordinary user."));
    }

    /// <summary>The command, as this user runs it.</summary>
    public IReadOnlyList<string> Command(params IEnumerable<string> command) => [.. prefix, .. command];

    public Task<ShellCommand.Answer> Run(IEnumerable<string> command, CancellationToken cancellationToken)
    {
        var full = Command(command);
        return ShellCommand.Run(full[0], full.Skip(1), cancellationToken);
    }

    /// <summary>Makes the user the owner of a file or a folder, and not of what is in it.</summary>
    public Task Own(string path, CancellationToken cancellationToken) => Own([path], cancellationToken);

    /// <summary>Makes the user the owner of the folder and all in it. Nobody else may be at work there.</summary>
    public Task OwnAll(string folder, CancellationToken cancellationToken) => Own(["-R", folder], cancellationToken);

    async Task Own(IReadOnlyList<string> what, CancellationToken cancellationToken)
    {
        if (Name is null)
        {
            return;
        }

        var path = what[^1];
        var changed = await ShellCommand.Run("chown", [Name + ":", .. what], cancellationToken);
        if (!changed.Succeeded)
        {
            throw new DatabaseException($"{path} could not be given to the user {Name}: {changed.Output}");
        }

        if (Directory.Exists(path) && !(await Run(["test", "-x", path], cancellationToken)).Succeeded)
        {
            throw new DatabaseException(
                $"PostgreSQL runs as the user {Name}, who cannot enter {path}: {Closed(path)} is closed to others. Choose another folder with Xtnd:Embedded:Folder, or open that one (chmod o+x).");
        }
    }

    static string Closed(string folder)
    {
        var closed = folder;
        for (var parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (!Unix.OthersMayEnter(parent))
            {
                closed = parent;
            }
        }

        return closed;
    }

    static string[]? Drop(string user) =>
        Exists("setpriv") ? ["setpriv", "--reuid", user, "--regid", user, "--init-groups", "--"]
        : Exists("runuser") ? ["runuser", "-u", user, "--"]
        : null;

    static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/bin", "/usr/sbin", "/sbin", "/bin"])
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
