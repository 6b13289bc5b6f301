using XtndOrleans.Connectors;
using static XtndOrleans.Engine.Syncs.NumericId;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// Gets past records that a store cannot deliver. The page is halved, and what comes is delivered; when a single record does not come, its id is unknown, because
/// the answer that would tell it failed. So a point behind it is sought from which reading succeeds, and what lies between is divided by ranges of ids until
/// each range comes, is empty, or is the one id that does not. Only for entities whose ids are numbers.
/// </summary>
/// <param name="ask">Makes a request; true asks again after an answer that cannot be read, because one id's fate hangs on it.</param>
/// <param name="deliver">Writes a page with records, and where reading goes on after it. Called in ascending order of ids, each id once. Owns the page.</param>
/// <param name="suspect">Told each id that does not come, and why. It throws when there are too many.</param>
internal sealed class Narrowing(Func<PageRequest, bool, Task<Page>> ask, Func<Page, string, Task> deliver, Action<string, ConnectorException> suspect)
{
    /// <summary>A fault of the whole store looks like many poisoned records. After so many failures without a success between it is one.</summary>
    internal const int FailuresInRow = 40;

    ConnectorException? reason;
    int failures;

    /// <summary>
    /// Reads what a page that failed would have had, and past it when its first record is at fault. Answers where ordinary reading goes on; null: at the beginning.
    /// </summary>
    /// <param name="failed">The request that failed with <see cref="FailureKind.Data"/>.</param>
    /// <param name="failure">How.</param>
    public async Task<string?> Pass(PageRequest failed, ConnectorException failure)
    {
        (reason, failures) = (failure, 0);
        var (after, size, passed) = (failed.AfterId, failed.Size, 0);
        Page? page = null;
        while (passed < failed.Size)
        {
            if (page is null)
            {
                if (size == 1)
                {
                    return Text(await Hunt(failed, Number(after ?? "0")));
                }

                size /= 2;
            }

            page = await Try(failed with { AfterId = after, Size = size }, thorough: size == 1);
            if (page is { IsLast: var last, Next: { } next, Records.Count: var count })
            {
                (after, passed) = (next, passed + count);
                await deliver(page, next);
                if (last)
                {
                    return after;
                }
            }
            else if (page is not null)
            {
                page.Dispose();
                return after;
            }
        }

        return after;
    }

    /// <summary>Reads everything above one id up to another, whatever of it comes. Answers how many came.</summary>
    /// <param name="like">What else is asked: entity, change time, exceptions and the size of a page.</param>
    /// <param name="low">Above this id.</param>
    /// <param name="high">Up to this id.</param>
    public async Task<int> Range(PageRequest like, long low, long high)
    {
        var (at, came) = (low, 0);
        while (at < high)
        {
            var page = await Try(like with { AfterId = Text(at), UpToId = Text(high) }, thorough: high - at == 1);
            if (page is null)
            {
                return came + await Divide(like, at, high);
            }

            at = page is { IsLast: false, Next: { } next } && Number(next) > at ? Number(next) : high;
            came += page.Records.Count;
            await Deliver(page, at);
        }

        return came;
    }

    /// <summary>The first record after an id does not come. Answers the id behind which reading goes on.</summary>
    async Task<long> Hunt(PageRequest failed, long after)
    {
        failures = 0;
        for (var step = 1L; ; step *= 2)
        {
            // An honest empty answer is a success: there is nothing behind.
            using var behind = await Try(failed with { AfterId = Text(after + step), Size = 1 }, thorough: false);
            if (behind is not null)
            {
                await Divide(failed, after, after + step);
                return after + step;
            }
        }
    }

    async Task<int> Divide(PageRequest like, long low, long high)
    {
        if (high - low == 1)
        {
            suspect(Text(high), reason!);
            return 0;
        }

        var middle = low + ((high - low) / 2);
        return await Range(like, low, middle) + await Range(like, middle, high);
    }

    async Task Deliver(Page page, long at)
    {
        if (page.Records.Count > 0)
        {
            await deliver(page, Text(at));
        }
        else
        {
            page.Dispose();
        }
    }

    async Task<Page?> Try(PageRequest request, bool thorough)
    {
        try
        {
            var page = await ask(request, thorough);
            failures = 0;
            return page;
        }
        catch (ConnectorException failure) when (failure.Kind == FailureKind.Data)
        {
            reason = failure;
            return ++failures > FailuresInRow ? throw EverythingFails(failure) : null;
        }
    }

    /// <summary>What a store is called that delivers nothing: its records are not at fault.</summary>
    public static ConnectorException EverythingFails(ConnectorException failure) => new(
        FailureKind.Data, FailureCodes.StoreError, $"Everything asked for fails. The last time: {failure.Message}",
        "Look into the store's logs (Magento: var/log/exception.log and var/report); the next due run tries again.", failure)
    {
        Status = failure.Status,
        Reply = failure.Reply,
    };
}
