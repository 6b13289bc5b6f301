namespace XtndOrleans.Simulator;

/// <summary>Faults, poison, gates and counters by the control API.</summary>
internal static class FaultControl
{
    sealed record PoisonedRow(string Entity, int Id, PoisonMode Mode = PoisonMode.InternalError);

    sealed record HeldPath(string? Path = null);

    public static void Map(RouteGroupBuilder store)
    {
        store.MapGet("/stats", (HttpContext http) => Results.Json(http.Store().Traffic.Counts));
        store.MapPost("/stats/reset", (HttpContext http) => Done(http.Store().Traffic.Reset));
        store.MapGet("/faults", (HttpContext http) => Results.Json(http.Store().Faults.Active));
        store.MapPost("/faults", (HttpContext http, Fault fault) => Done(() => http.Store().Faults.Add(Checked(fault))));
        store.MapDelete("/faults", (HttpContext http) => Done(() =>
        {
            http.Store().Faults.Clear();
            http.Store().Poison.Clear();
        }));
        store.MapPost("/poison", (HttpContext http, PoisonedRow row) => Done(() =>
        {
            if (!EntityNames.All.Contains(EntityNames.Known(row.Entity))) throw new BadHttpRequestException(EntityControl.Names);
            http.Store().Poison.Add(row.Entity, row.Id, row.Mode);
        }));
        store.MapDelete("/poison/{entity}/{id:int}", (HttpContext http, string entity, int id) =>
            ControlApi.Done(http.Store().Poison.Remove(entity, id)));
        store.MapPost("/gates", (HttpContext http, HeldPath held) => Results.Json(new { http.Store().Gates.HoldNext(held.Path).Id }));
        store.MapGet("/gates/{id:int}/reached", Reached);
        store.MapPost("/gates/{id:int}/release", (HttpContext http, int id) =>
        {
            var gate = http.Store().Gates.Find(id);
            gate?.Release();
            return ControlApi.Done(gate is not null);
        });
    }

    /// <summary>Answers when a request waits at the gate.</summary>
    static async Task<IResult> Reached(HttpContext http, int id)
    {
        if (http.Store().Gates.Find(id) is not { } gate) return ControlApi.Done(false);
        await gate.Reached.WaitAsync(http.RequestAborted);
        return Results.Json(new { reached = true });
    }

    static Fault Checked(Fault fault)
    {
        ControlApi.Within("times", fault.Times, 1, int.MaxValue);
        ControlApi.Within("after", fault.After, 0, int.MaxValue);
        ControlApi.Within("seconds", fault.Seconds, 0, 86_400);
        ControlApi.Within("status", fault.Status, 300, 399);
        return fault;
    }

    static IResult Done(Action act)
    {
        act();
        return Results.Json(new { done = true });
    }
}
