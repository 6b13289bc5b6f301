namespace XtndOrleans.Engine;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">Opaque; give it back to read on. Null at the end.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next);
