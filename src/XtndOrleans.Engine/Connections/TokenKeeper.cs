using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>
/// The store token of one connection: fetched by one at a time, renewed when four fifths of its life are over, thrown away when the store refuses it.
/// In memory only. Belongs to one activation and is only touched on its scheduler.
/// </summary>
internal sealed class TokenKeeper(ConnectionOptions options, TimeProvider clock)
{
    Task<StoreToken>? fetching;
    StoreToken? token;
    DateTimeOffset renewAt;

    /// <summary>Counts tokens, so that the refusal of an old one is told apart from that of the present one.</summary>
    public int Number { get; private set; }

    /// <summary>The present token when it still serves, else one that <paramref name="fetch"/> gets. Callers at the same time share one fetch and its failure.</summary>
    public async Task<StoreToken> Get(Func<Task<StoreToken>> fetch)
    {
        if (token is not null && clock.GetUtcNow() < renewAt)
        {
            return token;
        }

        var mine = fetching ??= fetch();
        try
        {
            var fetched = await mine;
            if (fetching == mine)
            {
                Keep(fetched);
            }

            // Credentials that changed meanwhile brought a newer token.
            return token ?? fetched;
        }
        finally
        {
            if (fetching == mine)
            {
                fetching = null;
            }
        }
    }

    /// <summary>Takes a token that was fetched elsewhere, by a verify or the proof of new credentials.</summary>
    public void Keep(StoreToken fetched)
    {
        token = fetched;
        fetching = null;
        Number++;
        renewAt = clock.GetUtcNow() + ((fetched.Life ?? options.UnknownTokenLife) * 0.8);
    }

    /// <summary>The store refused a token. The refusal of one that was replaced meanwhile changes nothing.</summary>
    public void Refused(int number)
    {
        if (number == Number)
        {
            token = null;
        }
    }

    /// <summary>Forgets the token, and lets a fetch under way end without effect: the credentials changed.</summary>
    public void Forget()
    {
        token = null;
        fetching = null;
    }
}
