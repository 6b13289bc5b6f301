using System.Text.Json;
using System.Text.Json.Serialization;

namespace XtndOrleans.Simulator;

/// <summary>How the bodies of control calls are read: strictly, for a misspelt word must not become another fault or change than was meant.</summary>
internal static class ControlJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new EnumNames<FaultKind>());
        options.Converters.Add(new EnumNames<PoisonMode>());
        options.Converters.Add(new EnumNames<TwoFactorMode>());
    }

    public static string Words(Exception bad) => bad switch
    {
        // Its words are about .NET types.
        JsonException { Path: { } path } when bad.Message.Contains("could not be mapped", StringComparison.Ordinal) => $"{path} is not known to this call.",
        // A converter's own words do not say where they belong.
        JsonException { Path: { } path } when !bad.Message.Contains(path, StringComparison.Ordinal) => $"{path}: {bad.Message}",
        _ => bad.Message,
    };

    sealed class EnumNames<T> : JsonConverter<T> where T : struct, Enum
    {
        static readonly string[] names = Enum.GetNames<T>();

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var given = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            return names.Contains(given, StringComparer.OrdinalIgnoreCase)
                ? Enum.Parse<T>(given!, ignoreCase: true)
                : throw new JsonException($"it is one of {string.Join(", ", names)}.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
