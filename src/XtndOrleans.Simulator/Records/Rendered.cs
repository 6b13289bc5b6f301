using System.Buffers;

namespace XtndOrleans.Simulator;

/// <summary>
/// One record's JSON, kept compactly: its own bytes, a stretch of them that occurs twice (an order's items),
/// and a tail that many records share (a product's description).
/// </summary>
internal sealed class Rendered(byte[] own, byte[] tail, Range repeated = default, int repeatAt = 0)
{
    readonly int repeatStart = repeated.GetOffsetAndLength(own.Length).Offset;
    readonly int repeatLength = repeated.Equals(default) ? 0 : repeated.GetOffsetAndLength(own.Length).Length;

    public int Length => own.Length + repeatLength + tail.Length;

    public void WriteTo(IBufferWriter<byte> output)
    {
        if (repeatLength == 0)
        {
            output.Write(own);
        }
        else
        {
            output.Write(own.AsSpan(0, repeatAt));
            output.Write(own.AsSpan(repeatStart, repeatLength));
            output.Write(own.AsSpan(repeatAt));
        }
        if (tail.Length > 0) output.Write(tail);
    }

    public byte[] ToArray()
    {
        var whole = new ArrayBufferWriter<byte>(Length);
        WriteTo(whole);
        return whole.WrittenSpan.ToArray();
    }
}
