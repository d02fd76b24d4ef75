using System.Globalization;
using Splitrail.Contracts;
using Splitrail.Hosting;

namespace Splitrail.CandidateSvc;

/// <summary>Settings of section <c>CandidateSvc</c>.</summary>
/// <param name="ModelsDirectory">Folder of model versions; default <c>.state/models</c>.</param>
/// <param name="ModelRetry">How long after a model could not be loaded it is tried again.</param>
/// <param name="MaxCount">The most candidates a request gets, whatever it asks for.</param>
internal sealed record CandidateOptions(string ModelsDirectory, TimeSpan ModelRetry, int MaxCount)
{
    public const string Section = "CandidateSvc";

    /// <exception cref="OptionsFaultException">Something is wrong; the message lists every fault.</exception>
    public static CandidateOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        List<string> faults = [];
        var options = new CandidateOptions(
            section[nameof(ModelsDirectory)] is { Length: > 0 } folder ? folder : Path.Combine(".state", "models"),
            Retry(section[nameof(ModelRetry)], faults),
            Count(section[nameof(MaxCount)], faults));
        OptionsFaultException.ThrowIfAny(AppIds.Candidate, faults);
        return options;
    }

    private static TimeSpan Retry(string? text, List<string> faults)
    {
        var retry = TimeSpan.FromSeconds(2);
        if (text is null || (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out retry) && retry >= TimeSpan.FromMilliseconds(10) && retry <= TimeSpan.FromHours(1)))
            return retry;
        faults.Add($"{Section}:{nameof(ModelRetry)} is '{text}': give a time span from 00:00:00.010 to 01:00:00, such as 00:00:02.");
        return retry;
    }

    private static int Count(string? text, List<string> faults)
    {
        var count = 2000;
        if (text is null || (int.TryParse(text, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= 100_000))
            return count;
        faults.Add($"{Section}:{nameof(MaxCount)} is '{text}': give a whole number from 1 to 100000, such as 2000.");
        return count;
    }
}
