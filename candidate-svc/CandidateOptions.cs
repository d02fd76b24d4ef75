using System.Globalization;
using Splitrail.CandidateSvc.Search;
using Splitrail.Contracts;
using Splitrail.Hosting;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.CandidateSvc;

/// <summary>Settings of section <c>CandidateSvc</c>.</summary>
/// <param name="ModelsDirectory">Folder of model versions; default <c>.state/models</c>.</param>
/// <param name="ModelRetry">How long after a model could not be loaded it is tried again.</param>
/// <param name="ModelsKept">Versions in memory at most, the most needed ones: production, those of arms, the one before, shadows. While a new one is loaded it is one more.</param>
/// <param name="MaxCount">The most candidates a request gets, whatever it asks for.</param>
/// <param name="Embeddings">A .jsonl, .npy or .vectors file of items' vectors; null for none. It is watched.</param>
/// <param name="VectorIndex">auto, exact or ivf: how vectors are searched; auto chooses by how many there are.</param>
/// <param name="ExactUpTo">Vectors up to which auto scans all of them.</param>
/// <param name="Search">See <see cref="SearchOptions"/>.</param>
internal sealed record CandidateOptions(
    string ModelsDirectory, TimeSpan ModelRetry, int ModelsKept, int MaxCount, string? Embeddings, string VectorIndex, int ExactUpTo, SearchOptions Search)
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
            Whole(section, nameof(ModelsKept), 4, 1, 100, faults),
            Whole(section, nameof(MaxCount), 2000, 1, 100_000, faults),
            section[nameof(Embeddings)] is { Length: > 0 } embeddings ? embeddings : null,
            Kind(section[nameof(VectorIndex)], faults),
            Whole(section, nameof(ExactUpTo), new VectorIndexOptions().ExactUpTo, 0, 100_000_000, faults),
            SearchOptions.From(section.GetSection(nameof(Search)), faults));
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

    /// <summary>How an index is chosen and built.</summary>
    public VectorIndexOptions ToIndexOptions() => new(VectorIndex, ExactUpTo);

    private static int Whole(IConfigurationSection section, string name, int fallback, int least, int most, List<string> faults)
    {
        var text = section[name];
        if (text is null)
            return fallback;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        faults.Add($"{Section}:{name} is '{text}': give a whole number from {least} to {most}, such as {fallback}.");
        return fallback;
    }

    private static string Kind(string? text, List<string> faults)
    {
        if (text is not null && !VectorIndexes.Kinds.Contains(text))
            faults.Add($"{Section}:{nameof(VectorIndex)} is '{text}': give one of {string.Join(", ", VectorIndexes.Kinds)}.");
        return text ?? VectorIndexes.Auto;
    }
}
