namespace XtndOrleans.Simulator;

/// <summary>The one refusal whose parameters are lists.</summary>
internal sealed class TwoFactorError(string message, string? provider, string? active) : MagentoError(400, message)
{
    public override byte[] ToJson()
    {
        var json = new PhpJson().Object().Field("message", Message).Name("parameters").Object();
        if (provider is not null) json.Name("providers").Array().Value(provider).EndArray();
        json.Name("active_providers").Array();
        if (active is not null) json.Value(active);
        return json.EndArray().EndObject().EndObject().ToArray();
    }
}
