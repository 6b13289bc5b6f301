namespace XtndOrleans.Engine.Database;

/// <summary>Why there is no database to work with. The message says what is wrong and what to do, and holds no credential.</summary>
public sealed class DatabaseException(string message, Exception? inner = null) : Exception(message, inner);
