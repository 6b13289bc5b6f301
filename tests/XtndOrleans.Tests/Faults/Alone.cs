namespace XtndOrleans.Tests.Faults;

/// <summary>Tests that measure the whole process, or that would leave others no time: nothing runs beside them.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
