using CsCheck;
using XtndOrleans.Connectors;
using XtndOrleans.Engine.Syncs;

namespace XtndOrleans.Tests.Engine;

public sealed class PageSizerTests
{
    static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);

    [Fact]
    public void It_begins_with_what_the_store_bore_last_and_grows_by_half_after_ten_light_pages()
    {
        var sizer = new PageSizer(20, 50);
        Light(sizer, 9);
        Assert.Equal(20, sizer.Size);
        Light(sizer, 1);
        Assert.Equal(30, sizer.Size);
        Light(sizer, 20);
        Assert.Equal(50, sizer.Size);
    }

    [Theory]
    [InlineData(6, 1)]
    [InlineData(1, 9 << 20)]
    public void A_page_that_is_slow_or_large_halves_it(int seconds, int bytes)
    {
        var sizer = new PageSizer(200, 200);
        sizer.Succeeded(200, TimeSpan.FromSeconds(seconds), bytes);
        Assert.Equal(100, sizer.Size);
    }

    [Fact]
    public void A_page_that_would_be_too_heavy_when_it_grew_does_not_let_it_grow()
    {
        var sizer = new PageSizer(100, 200);
        for (var page = 0; page < 50; page++)
        {
            sizer.Succeeded(100, TimeSpan.FromSeconds(4), 1);
        }

        Assert.Equal(100, sizer.Size);
    }

    [Fact]
    public void An_outage_halves_it_down_to_one_and_is_soon_forgotten()
    {
        var sizer = new PageSizer(200, 200);
        for (var failure = 0; failure < 20; failure++)
        {
            sizer.Failed(Failure(FailureKind.StoreDown, FailureCodes.StoreError));
        }

        Assert.Equal(1, sizer.Size);
        Light(sizer, 7);
        Assert.Equal(100, sizer.Size);
        Light(sizer, 1);
        Assert.Equal(100, sizer.Size);
    }

    [Theory]
    [InlineData(FailureKind.StoreDown, FailureCodes.Maintenance, 200)]
    [InlineData(FailureKind.StoreDown, FailureCodes.Unreachable, 200)]
    [InlineData(FailureKind.Rate, FailureCodes.RateLimited, 200)]
    [InlineData(FailureKind.Data, FailureCodes.MalformedAnswer, 200)]
    [InlineData(FailureKind.StoreDown, FailureCodes.Timeout, 100)]
    [InlineData(FailureKind.Data, FailureCodes.AnswerTooLarge, 100)]
    public void Only_what_a_smaller_page_can_mend_makes_it_smaller(FailureKind kind, string code, int expected)
    {
        var sizer = new PageSizer(200, 200);
        sizer.Failed(Failure(kind, code));
        Assert.Equal(expected, sizer.Size);
    }

    [Fact]
    public void The_stores_own_limit_is_never_exceeded_again()
    {
        var sizer = new PageSizer(200, 200);
        sizer.Failed(new(FailureKind.Rejected, FailureCodes.PageSizeRefused, "Too large.", "") { MaximumPageSize = 37 });
        Assert.Equal(37, sizer.Size);
        Light(sizer, 100);
        Assert.Equal((37, 37), (sizer.Size, sizer.Limit));
    }

    [Fact]
    public void A_page_asked_for_smaller_proves_nothing()
    {
        var sizer = new PageSizer(100, 200);
        for (var page = 0; page < 30; page++)
        {
            sizer.Succeeded(10, Quick, 1);
        }

        Assert.Equal(100, sizer.Size);
    }

    [Fact]
    public void It_always_lies_between_one_and_its_limit() => Gen.Select(Gen.Int[-5, 2000], Gen.Int[-5, 1000], Gen.Int[0, 5].List[0, 100]).Sample((start, limit, events) =>
    {
        var sizer = new PageSizer(start, limit);
        foreach (var happened in events)
        {
            Happen(sizer, happened);
            if (sizer.Size < 1 || sizer.Size > sizer.Limit)
            {
                return false;
            }
        }

        return sizer.Limit <= Math.Max(1, limit);
    });

    static void Happen(PageSizer sizer, int what)
    {
        switch (what)
        {
            case 0: sizer.Failed(Failure(FailureKind.StoreDown, FailureCodes.Timeout)); break;
            case 1: sizer.Cap(sizer.Limit - 1); break;
            case 2: sizer.Succeeded(sizer.Size, TimeSpan.FromSeconds(20), 1); break;
            default: Light(sizer, 10); break;
        }
    }

    static void Light(PageSizer sizer, int pages)
    {
        for (var page = 0; page < pages; page++)
        {
            sizer.Succeeded(sizer.Size, Quick, 1);
        }
    }

    static ConnectorException Failure(FailureKind kind, string code) => new(kind, code, "m", "c");
}
