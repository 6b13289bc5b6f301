namespace XtndOrleans.Simulator;

/// <summary>A refusal in Magento's first shape: the message with its placeholders unexpanded, and their values beside it.</summary>
internal class MagentoError(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
    public IReadOnlyList<KeyValuePair<string, string>> Named { get; init; } = [];
    public IReadOnlyList<string> Positional { get; init; } = [];

    /// <summary>With two or more, the top message is Magento's general one.</summary>
    public IReadOnlyList<MagentoError> Errors { get; init; } = [];

    /// <summary>Whether the answer brings a session's cookie, as most do that are no error of form.</summary>
    public bool OpensSession { get; init; } = true;

    public static MagentoError Required(string field) =>
        new(400, "\"%fieldName\" is required. Enter and try again.") { Named = [new("fieldName", field)] };

    /// <param name="resources">The rights that are missing.</param>
    /// <param name="known">Whether the caller's bearer token serves: who is known is refused without a session.</param>
    public static MagentoError Denied(string resources, bool known = false) =>
        new(401, "The consumer isn't authorized to access %resources.") { Named = [new("resources", resources)], OpensSession = !known };

    public static MagentoError NoRoute() => new(404, "Request does not match any route.");

    public static MagentoError Internal(int number) =>
        new(500, $"Internal Error. Details are available in Magento log file. Report ID: webapi-6b0461{number & 0xFFFFFFF:x7}");

    public virtual byte[] ToJson()
    {
        var json = new PhpJson();
        Write(json);
        return json.ToArray();
    }

    void Write(PhpJson json)
    {
        json.Object().Field("message", Message);
        if (Errors.Count > 0)
        {
            json.Name("errors").Array();
            foreach (var error in Errors) error.Write(json);
            json.EndArray();
        }
        if (Named.Count > 0)
        {
            json.Name("parameters").Object();
            foreach (var (name, value) in Named) json.Field(name, value);
            json.EndObject();
        }
        else if (Positional.Count > 0)
        {
            json.Name("parameters").Array();
            foreach (var value in Positional) json.Value(value);
            json.EndArray();
        }
        json.EndObject();
    }
}
