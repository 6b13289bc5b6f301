using System.Runtime.CompilerServices;
using XtndOrleans.Connectors;

namespace XtndOrleans.Engine.Connections;

/// <summary>What a verify under way has found: a step that has ended, or at the end the report.</summary>
[GenerateSerializer, Immutable, Alias("xtnd.verify-progress")]
public sealed record VerifyProgress([property: Id(0)] VerificationStep? Step, [property: Id(1)] Verification? Report);

/// <summary>The steps of one verify as they end, for any number of followers: who comes late is told all of them.</summary>
internal sealed class VerifySteps : IProgress<VerificationStep>
{
    readonly Lock door = new();
    readonly List<VerificationStep> steps = [];
    TaskCompletionSource more = New();

    public void Report(VerificationStep value)
    {
        lock (door)
        {
            steps.Add(value);
            more.TrySetResult();
            more = New();
        }
    }

    /// <summary>The steps and, when the verify has ended, its report.</summary>
    public async IAsyncEnumerable<VerifyProgress> Follow(Task<Verification> verify, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var told = 0; ;)
        {
            // In this order: no step comes after the end.
            var isOver = verify.IsCompleted;
            var (fresh, next) = After(told);
            foreach (var step in fresh)
            {
                yield return new(step, null);
            }

            told += fresh.Count;
            if (isOver)
            {
                yield return new(null, await verify);
                yield break;
            }

            await Task.WhenAny(verify, next).WaitAsync(cancellationToken);
        }
    }

    (List<VerificationStep> Fresh, Task Next) After(int told)
    {
        lock (door)
        {
            return (steps[told..], more.Task);
        }
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
