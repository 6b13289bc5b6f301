namespace XtndOrleans.Simulator;

/// <summary>What a page, or a single GET, with a corrupt row answers.</summary>
internal static class PoisonAnswers
{
    public static RestResult For(PoisonMode mode, Func<byte[]> whole)
    {
        switch (mode)
        {
            case PoisonMode.FatalError: return FaultPages.Fatal();
            case PoisonMode.Blank: return RestResult.Json([]);
            case PoisonMode.NotFound:
                throw new MagentoError(404, "The product that was requested doesn't exist. Verify the product and try again.");
            case PoisonMode.Truncated:
                var body = whole();
                return new TruncatedResult(body[..(body.Length / 2)]);
            default: throw MagentoError.Internal((int)mode + 1);
        }
    }
}

/// <summary>Half an answer, which no projection can read.</summary>
internal sealed class TruncatedResult(byte[] body) : RestResult
{
    public override byte[] ToArray() => body;

    public override async ValueTask Write(System.IO.Pipelines.PipeWriter output, CancellationToken cancelled) => await output.WriteAsync(body, cancelled);
}
