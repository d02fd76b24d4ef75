using System.Globalization;
using Splitrail.Hosting;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc;

/// <summary>Settings of section <c>ExperimentSvc</c>.</summary>
/// <param name="Sql">Where snapshots and exposures are; default the SQLite file <c>.state/experiment-svc.db</c>.</param>
/// <param name="Definitions">The definitions file; null serves the built-in ones, and so does a file that is not there yet.</param>
/// <param name="ModelsDirectory">Where models are published; null means there is none.</param>
/// <param name="PollInterval">How often file, models and database are looked at.</param>
internal sealed record ExperimentOptions(SqlOptions Sql, string? Definitions, string? ModelsDirectory, TimeSpan PollInterval)
{
    public const string Section = "ExperimentSvc";

    /// <exception cref="OptionsFaultException">Something is wrong; the message lists every fault.</exception>
    public static ExperimentOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        List<string> faults = [];
        var options = new ExperimentOptions(
            SqlOptions.From(section, Path.Combine(".state", "experiment-svc.db"), faults),
            section["Definitions"] is { Length: > 0 } definitions ? definitions : null,
            section["ModelsDirectory"] is { Length: > 0 } models ? models : null,
            Interval(section, faults));
        if (Directory.Exists(options.Definitions))
            faults.Add($"{Section}:Definitions is '{options.Definitions}', a folder: name a JSON file.");
        OptionsFaultException.ThrowIfAny(Contracts.AppIds.Experiment, faults);
        return options;
    }

    private static TimeSpan Interval(IConfigurationSection section, List<string> faults)
    {
        var fallback = TimeSpan.FromSeconds(1);
        if (section[nameof(PollInterval)] is not { Length: > 0 } text)
            return fallback;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.FromMilliseconds(10) && span <= TimeSpan.FromMinutes(1))
            return span;
        faults.Add($"{section.Path}:{nameof(PollInterval)} is '{text}': give a time span from 00:00:00.010 to 00:01:00, such as 00:00:01.");
        return fallback;
    }
}
