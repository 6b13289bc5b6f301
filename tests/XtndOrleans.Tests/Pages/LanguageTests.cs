extern alias server;

using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using XtndOrleans.Server.Pages.Language;

namespace XtndOrleans.Tests.Pages;

/// <summary>Both languages say everything. That none is missing the compiler sees; that none was forgotten to be translated these do.</summary>
public sealed class LanguageTests
{
    /// <summary>Words that are the same in both.</summary>
    static readonly HashSet<string> Same = ["Status", "Order", "Version", "Grains", "CPU", ""];

    static readonly IReadOnlyList<MethodInfo> Texts =
    [
        .. typeof(server::XtndOrleans.Server.ApiRegistration).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Texts", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true })
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Where(property => property.PropertyType == typeof(string)).Select(property => property.GetMethod!),
    ];

    [Fact]
    public void Every_text_is_there_in_both_languages_and_is_not_the_same_twice()
    {
        Assert.True(Texts.Count > 60, $"{Texts.Count} texts were found.");
        var english = Spoken(Cultures.English);
        var swedish = Spoken(Cultures.Swedish);
        Assert.All(english.Values.Concat(swedish.Values), text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Empty(english.Where(text => swedish[text.Key] == text.Value && !Same.Contains(text.Value)).Select(text => text.Key));
    }

    [Fact]
    public void Every_text_of_the_component_library_is_there_in_Swedish_with_the_same_places()
    {
        var resources = new ResourceManager("MudBlazor.Resources.LanguageResource", typeof(MudBlazor.MudButton).Assembly).GetResourceSet(CultureInfo.InvariantCulture, true, false)!;
        var english = resources.Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
        Assert.NotEmpty(english);
        Assert.Empty(english.Keys.Except(MudTexts.Swedish.Keys));
        Assert.Empty(MudTexts.Swedish.Keys.Except(english.Keys));
        // A translation may leave a type's English name out, but must not ask for what it is not given.
        Assert.All(MudTexts.Swedish, text => Assert.Empty(Places(text.Value).Except(Places(english[text.Key]))));
    }

    [Fact]
    public void Numbers_and_times_are_written_as_the_reader_writes_them()
    {
        Assert.Equal("1,234.50", 1234.5m.ToString("N2", Cultures.English));
        Assert.Equal("1\u00a0234,50", 1234.5m.ToString("N2", Cultures.Swedish));
        var at = new DateTime(2026, 11, 23, 8, 5, 0);
        Assert.Equal("23 Nov 2026 08:05", at.ToString("g", Cultures.English));
        Assert.Equal("2026-11-23 08:05", at.ToString("g", Cultures.Swedish));
        Assert.Equal("23 november 2026", at.ToString("D", Cultures.Swedish));
    }

    static Dictionary<string, string> Spoken(CultureInfo culture)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = culture;
        try
        {
            return Texts.ToDictionary(text => $"{text.DeclaringType!.Name}.{text.Name}", text => (string)text.Invoke(null, null)!);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\d\}").Select(place => place.Value);
}
