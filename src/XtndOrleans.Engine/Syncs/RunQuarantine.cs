using System.Globalization;
using XtndOrleans.Connectors;
using static XtndOrleans.Engine.Syncs.NumericId;

namespace XtndOrleans.Engine.Syncs;

/// <summary>
/// The records of one run that its store cannot deliver. What fails is only suspected until the store delivers something after it: a fault of the whole store
/// must not fill the quarantine. Those that were set aside earlier are tried once by each run and left out of its pages.
/// </summary>
internal sealed class RunQuarantine(RunWork work)
{
    /// <summary>More in one run are not poisoned records but a store that fails.</summary>
    internal const int MostPerRun = 20;

    const int TriedPerRun = 20;
    const int MostExcepted = 100;
    const int MostLoaded = 10_000;

    readonly List<string> open = [];
    readonly List<(string Id, ConnectorException Failure)> suspects = [];
    int parked;

    /// <summary>The ids that are set aside now.</summary>
    public IReadOnlyList<string> Open => open;

    /// <summary>Whether something was set aside in this loop.</summary>
    public bool HasParked => parked > 0;

    /// <summary>Reads what earlier runs set aside.</summary>
    public async Task Load() => open.AddRange((await work.Services.Quarantine.Open(work.Id, MostLoaded)).Select(one => one.ExternalId));

    /// <summary>Ids that a page after an id must not ask for, as many as a request may name. None where ids are no numbers.</summary>
    public IReadOnlyList<string> Except(string? after)
    {
        if (open.Count == 0 || !work.Entity.HasNumericIds)
        {
            return [];
        }

        var from = Number(after ?? "0");
        return [.. open.Select(Number).Where(id => id > from).Order().Take(MostExcepted).Select(id => id.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Tries the longest untried ones, one request each: what comes is written, what is gone is resolved, what fails stays.</summary>
    public async Task TryAgain(CancellationToken cancellationToken)
    {
        foreach (var id in open.Take(TriedPerRun).ToList())
        {
            try
            {
                using var page = await work.Ask(One(id), cancellationToken, thorough: false);
                // Written before it is resolved: a crash between costs one more try. Absence is not deletion; the sweep decides that.
                if (page.Records.Count > 0)
                {
                    await work.Commit(page, work.Position.AfterId, PageEnd.None);
                }

                await Resolve(id);
            }
            catch (ConnectorException failure) when (failure.Kind == FailureKind.Rejected && !work.Entity.HasNumericIds)
            {
                // Single records cannot be asked for here. The pages, which are not made without it, tell.
                await Resolve(id);
            }
            catch (ConnectorException failure) when (failure.Kind == FailureKind.Data)
            {
                await Park(id, failure);
            }
        }
    }

    /// <summary>Notes an id that does not come. Throws when there are so many that the store is at fault.</summary>
    public void Suspect(string id, ConnectorException failure)
    {
        suspects.Add((id, failure));
        if (parked + suspects.Count > MostPerRun)
        {
            throw Narrowing.EverythingFails(failure);
        }
    }

    /// <summary>A record came: the store works, so what is suspected is at fault. Before the page is written, which moves the cursor past them.</summary>
    public async Task Convict()
    {
        foreach (var (id, failure) in suspects)
        {
            await Park(id, failure);
            parked++;
            if (!open.Contains(id))
            {
                open.Add(id);
            }
        }

        suspects.Clear();
    }

    /// <summary>Nothing came after the suspects: asks for any other record of the store. Throws when that fails too, or there is none.</summary>
    public async Task Prove(CancellationToken cancellationToken)
    {
        if (suspects.Count == 0)
        {
            return;
        }

        var failure = suspects[^1].Failure;
        try
        {
            var excepted = suspects.Select(one => one.Id).Concat(open).Take(MostExcepted).ToList();
            using var page = await work.Ask(new(work.Id.Entity, null, null, 1) { Except = work.Entity.HasNumericIds ? excepted : [] }, cancellationToken);
            if (page.Records.Count == 0)
            {
                throw Narrowing.EverythingFails(failure);
            }
        }
        catch (ConnectorException again) when (again.Kind == FailureKind.Data)
        {
            throw Narrowing.EverythingFails(failure);
        }

        await Convict();
    }

    async Task Resolve(string id)
    {
        await work.Services.Quarantine.Resolve(work.Id, work.Run, work.Position.Epoch, [id], work.Services.Clock.GetUtcNow());
        open.Remove(id);
    }

    async Task Park(string id, ConnectorException failure)
    {
        await work.Services.Quarantine.Park(work.Id, work.Run, work.Position.Epoch, id, failure.Code, failure.Message, failure.Reply, work.Services.Clock.GetUtcNow(), CancellationToken.None);
        work.Progress.Parked();
    }

    PageRequest One(string id) => new(work.Id.Entity, null, null, 1) { Ids = [id] };
}
