namespace XtndOrleans.BrowserTests.Support;

/// <summary>The classes that share one world, because starting a server takes longer than most of their tests. They run one after another.</summary>
[CollectionDefinition]
public sealed class OneServer : ICollectionFixture<BrowserWorld>;
