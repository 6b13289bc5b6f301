using System.Globalization;
using System.Text;

namespace XtndOrleans.Simulator;

/// <summary>
/// Writes JSON byte for byte as PHP's <c>json_encode</c> does: <c>\/</c>, <c>\u00f1</c> in lower case, and
/// nothing else escaped that need not be. System.Text.Json has no encoder that does the same.
/// </summary>
internal sealed class PhpJson
{
    byte[] buffer = new byte[4096];
    bool comma;

    public int Length { get; private set; }
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    public PhpJson Object() => Open('{');
    public PhpJson EndObject() => Close('}');
    public PhpJson Array() => Open('[');
    public PhpJson EndArray() => Close(']');

    public PhpJson Name(string name)
    {
        Separate();
        Quote(name);
        Byte(':');
        comma = false;
        return this;
    }

    public PhpJson Value(string? text)
    {
        if (text is null) return Token("null"u8);
        Separate();
        Quote(text);
        return this;
    }

    public PhpJson Value(long number) => Formatted(number);
    public PhpJson Value(bool flag) => Token(flag ? "true"u8 : "false"u8);

    /// <summary>A float as PHP prints it: 34.0 is 34, 9.990 is 9.99.</summary>
    public PhpJson Value(decimal number) => Formatted(number / 1.0000000000000000000000000000m);

    public PhpJson Null() => Token("null"u8);
    public PhpJson Empty() => Token("[]"u8);

    public PhpJson Field(string name, string? text) => Name(name).Value(text);
    public PhpJson Field(string name, long number) => Name(name).Value(number);
    public PhpJson Field(string name, decimal number) => Name(name).Value(number);
    public PhpJson Field(string name, bool flag) => Name(name).Value(flag);

    /// <summary>A column of a row's time; absent when it is <see cref="Row.Undated"/>.</summary>
    public PhpJson Time(string name, long seconds) => seconds == Row.Undated ? this : Field(name, StoreTime.Text(seconds));

    /// <summary>Bytes that are JSON already.</summary>
    public PhpJson Token(ReadOnlySpan<byte> json)
    {
        Separate();
        Bytes(json);
        return this;
    }

    void Separate()
    {
        if (comma) Byte(',');
        comma = true;
    }

    PhpJson Open(char bracket)
    {
        Separate();
        Byte(bracket);
        comma = false;
        return this;
    }

    PhpJson Close(char bracket)
    {
        Byte(bracket);
        comma = true;
        return this;
    }

    PhpJson Formatted<T>(T number) where T : IUtf8SpanFormattable
    {
        Separate();
        Reserve(40);
        number.TryFormat(buffer.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    void Quote(string text)
    {
        Byte('"');
        foreach (var c in text) Character(c);
        Byte('"');
    }

    void Character(char c)
    {
        switch (c)
        {
            case '"': Bytes("\\\""u8); break;
            case '\\': Bytes("\\\\"u8); break;
            case '/': Bytes("\\/"u8); break;
            case '\n': Bytes("\\n"u8); break;
            case '\r': Bytes("\\r"u8); break;
            case '\t': Bytes("\\t"u8); break;
            case < ' ' or > '~': Bytes(Encoding.ASCII.GetBytes($"\\u{(int)c:x4}")); break;
            default: Byte(c); break;
        }
    }

    void Byte(char c)
    {
        Reserve(1);
        buffer[Length++] = (byte)c;
    }

    void Bytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    void Reserve(int more)
    {
        if (Length + more > buffer.Length) System.Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + more));
    }
}
