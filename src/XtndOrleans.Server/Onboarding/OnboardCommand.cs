namespace XtndOrleans.Server.Onboarding;

/// <summary>The command <c>onboard</c>: from nothing to a store that is read on schedule.</summary>
internal static class OnboardCommand
{
    /// <summary>Answers the exit code: 0, or 1 with what is wrong said in words.</summary>
    public static async Task<int> Run(IReadOnlyList<string> arguments)
    {
        try
        {
            var read = OnboardArguments.Read(arguments);
            // The longest answer is a verify's, ten seconds.
            using var http = new HttpClient { BaseAddress = read.Url, Timeout = TimeSpan.FromSeconds(30) };
            var screen = new Screen(Console.Out, !Console.IsOutputRedirected, TimeProvider.System);
            return await new Onboarding(new(http), new(read.Home), read, screen, TimeProvider.System).Run() ? 0 : 1;
        }
        catch (Exception failure) when (failure is OnboardException or ApiException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"The server does not answer: {failure.Message}");
            return 1;
        }
    }
}
