using System.Text;

namespace XtndOrleans.Simulator;

/// <summary>
/// The descriptions that make a product some 3 kB long. Each is shared by many products: in memory once, not per product.
/// </summary>
internal static class ProductTexts
{
    public const int Count = 64;

    static readonly string[] words =
        ("lamp wool oak steel linen blue calm north river stone light harbour paper winter bright garden soft glass " +
         "copper field quiet morning handle round sturdy washable seasonal island canvas supper travel pocket frame").Split(' ');

    static readonly byte[][] tails = [.. Enumerable.Range(0, Count).Select(Build)];

    /// <summary>The end of a product's JSON, from its short description to the last brace.</summary>
    public static byte[] Tail(int index) => tails[index];

    static byte[] Build(int index)
    {
        var draw = new Draw(20260105, 0, index);
        var json = new PhpJson().Array();
        Attribute(json, "short_description", Sentence(ref draw, 9));
        Attribute(json, "description", Paragraphs(ref draw));
        var list = json.EndArray().Written;
        // The list opens in the product's own bytes, so only what follows its bracket is shared.
        return [.. ","u8, .. list[1..], .. "}"u8];
    }

    static string Paragraphs(ref Draw draw)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 5; i++)
        {
            text.Append("<h2>").Append(Sentence(ref draw, 2)).Append("</h2>\n<p>");
            for (var s = 0; s < 5; s++) text.Append(Sentence(ref draw, 8 + draw.Below(5))).Append(' ');
            text.Append("<b>café</b></p>\n");
        }
        return text.ToString();
    }

    static string Sentence(ref Draw draw, int length)
    {
        var sentence = new StringBuilder();
        for (var i = 0; i < length; i++) sentence.Append(i == 0 ? "" : " ").Append(draw.Pick(words));
        sentence[0] = char.ToUpperInvariant(sentence[0]);
        return sentence.Append('.').ToString();
    }

    static void Attribute(PhpJson json, string code, string value) =>
        json.Object().Field("attribute_code", code).Field("value", value).EndObject();
}
