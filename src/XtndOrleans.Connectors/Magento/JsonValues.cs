using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace XtndOrleans.Connectors.Magento;

/// <summary>Reads values as Magento writes them: any of them null, a number, or a string of a number. What cannot be read is null, never an error.</summary>
internal static class JsonValues
{
    // Dividing by one with 28 decimals strips the trailing zeros of "19.990000", so that equal amounts look equal.
    const decimal One = 1.0000000000000000000000000000m;

    /// <summary>Moves to the value and reads it as text; a number as it is written.</summary>
    public static string? NextText(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TextHere();
    }

    /// <summary>Reads the value at which the reader stands as text; a number as it is written. A list or an object is passed.</summary>
    public static string? TextHere(this ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Text(ref reader),
        JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(reader.ValueSpan),
        _ => Nothing<string>(ref reader),
    };

    /// <summary>Moves to the value and reads it as an exact number.</summary>
    public static decimal? NextDecimal(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetDecimal(out var number) ? number : null;
        }
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(reader.ValueSpan, style, CultureInfo.InvariantCulture, out var text) ? text / One : null;
    }

    /// <summary>Moves to the value and reads it as a whole number; null for a fraction.</summary>
    public static long? NextInteger(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.String
            && Utf8Parser.TryParse(reader.ValueSpan, out long number, out var used) && used == reader.ValueSpan.Length)
        {
            return number;
        }
        reader.Skip();
        return null;
    }

    /// <summary>Moves to the value and reads <c>yyyy-MM-dd HH:mm:ss</c> as UTC, which Magento means whatever the store's zone is.</summary>
    public static DateTimeOffset? NextTime(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return TryReadTime(reader.ValueSpan, out var time) ? time : null;
        }
        reader.Skip();
        return null;
    }

    /// <summary>Moves to the value and reads it as yes or no: true, 1 or "1".</summary>
    public static bool? NextFlag(this ref Utf8JsonReader reader)
    {
        reader.Read();
        var (isTrue, isFalse) = reader.TokenType switch
        {
            JsonTokenType.True => (true, false),
            JsonTokenType.False => (false, true),
            JsonTokenType.Number or JsonTokenType.String => (reader.ValueSpan.SequenceEqual("1"u8), reader.ValueSpan.SequenceEqual("0"u8)),
            _ => (false, false),
        };
        reader.Skip();
        return isTrue ? true : isFalse ? false : null;
    }

    /// <summary>Moves to the value and reads it as a record's number in text; null for anything but a positive one.</summary>
    public static string? NextId(this ref Utf8JsonReader reader) => reader.NextInteger() is > 0 and var id ? id.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>Moves to the value; true when it is the object or list that is wanted, else it is passed.</summary>
    public static bool Enter(this ref Utf8JsonReader reader, JsonTokenType wanted)
    {
        reader.Read();
        if (reader.TokenType == wanted)
        {
            return true;
        }
        reader.Skip();
        return false;
    }

    /// <summary>Passes the value of the property at hand.</summary>
    public static void PassValue(this ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    static bool TryReadTime(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != 19 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)' ' or (byte)'T') || text[13] != ':' || text[16] != ':')
        {
            return false;
        }
        var year = Digits(text[..4]);
        var month = Digits(text[5..7]);
        var day = Digits(text[8..10]);
        var hour = Digits(text[11..13]);
        var minute = Digits(text[14..16]);
        var second = Digits(text[17..]);
        // "0000-00-00 00:00:00" is how MySQL writes no date.
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || (uint)hour > 23 || (uint)minute > 59 || (uint)second > 59)
        {
            return false;
        }
        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    // Negative when something is not a digit.
    static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }

    static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            // PostgreSQL's text has no NUL.
            return reader.GetString()!.Replace("\0", "", StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: valid JSON, but no text.
            return null;
        }
    }

    static T? Nothing<T>(ref Utf8JsonReader reader)
        where T : class
    {
        reader.Skip();
        return null;
    }
}
