namespace XtndOrleans.Engine.Database;

/// <summary>Files with the modes that PostgreSQL insists on. The embedded PostgreSQL is not offered on Windows, which has none.</summary>
internal static class Unix
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder; one that exists keeps its mode.</summary>
    public static void MakeFolder(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows() && !Directory.Exists(path))
        {
            Directory.CreateDirectory(path, mode);
        }
    }

    /// <summary>How to open a file that only its owner may read and write.</summary>
    public static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>Whether a user who is neither its owner nor in its group may pass through the folder.</summary>
    public static bool OthersMayEnter(string folder) =>
        OperatingSystem.IsWindows() || File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute);
}
