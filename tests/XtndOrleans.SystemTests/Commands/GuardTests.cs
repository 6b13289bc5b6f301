namespace XtndOrleans.SystemTests.Commands;

/// <summary>scripts/guard.sh, which stops what run.sh started.</summary>
public sealed class GuardTests
{
    [Fact]
    public async Task Who_does_not_stop_is_killed_and_what_watches_over_its_database_may_finish()
    {
        using var folder = new Home();
        Directory.CreateDirectory(folder.Folder);
        await Typed(folder, """
            setsid bash -c 'trap "" TERM; exec 3> >(read -r _; sleep 0.5; echo yes >stopped); echo >started; while :; do sleep 0.2; done' &
            until [[ -e started ]]; do sleep 0.1; done
            bash "$guard" 10 <<<"$!"
            """);
        Assert.Equal("yes", folder.Read("stopped"));
        folder.AssertNothingRuns();
    }

    [Fact]
    public async Task Who_has_ended_is_forgotten_because_its_id_may_be_somebody_elses()
    {
        using var folder = new Home();
        Directory.CreateDirectory(folder.Folder);
        await Typed(folder, """
            setsid sleep 60 & other=$!
            setsid sleep 60 & ours=$!
            printf '%s\n' "$other" "$ours" "-$other" | bash "$guard" 5
            ! kill -0 "$ours" && kill "$other"
            """);
    }

    static async Task Typed(Home folder, string script)
    {
        folder.Write("typed.sh", $"guard='{Repository.Root}/scripts/guard.sh'\ncd '{folder.Folder}'\n{script}\n");
        await using var typed = Terminal.Type($"bash -e '{folder.Folder}/typed.sh'", new Dictionary<string, string>());
        Assert.True(await typed.Ends() == 0, typed.Output);
    }
}
