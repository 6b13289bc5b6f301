using XtndOrleans.Connectors;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Tests.Engine;

/// <summary>A verify, told step by step.</summary>
public sealed class VerifyStepsTests
{
    static readonly Verification Done = new(true, DateTimeOffset.UnixEpoch, 1, [], [], null);

    [Fact]
    public async Task Each_step_is_told_when_it_ends_and_the_report_last()
    {
        var steps = new VerifySteps();
        var end = new TaskCompletionSource<Verification>();
        await using var follower = steps.Follow(end.Task, CancellationToken.None).GetAsyncEnumerator();
        var first = follower.MoveNextAsync();
        Assert.False(first.IsCompleted);
        steps.Report(Step("reach"));
        Assert.True(await first);
        Assert.Equal("reach", follower.Current.Step!.Step);
        var second = follower.MoveNextAsync();
        Assert.False(second.IsCompleted);
        steps.Report(Step("token"));
        end.SetResult(Done);
        Assert.True(await second);
        Assert.Equal("token", follower.Current.Step!.Step);
        Assert.True(await follower.MoveNextAsync());
        Assert.Same(Done, follower.Current.Report);
        Assert.False(await follower.MoveNextAsync());
    }

    [Fact]
    public async Task Who_comes_late_is_told_all()
    {
        var steps = new VerifySteps();
        steps.Report(Step("reach"));
        steps.Report(Step("token"));
        var told = new List<string?>();
        await foreach (var progress in steps.Follow(Task.FromResult(Done), CancellationToken.None))
        {
            told.Add(progress.Step?.Step);
        }

        Assert.Equal(["reach", "token", null], told);
    }

    static VerificationStep Step(string name) => new(name, true, null, "", null, 1);
}
