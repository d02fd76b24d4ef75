using System.Globalization;

namespace Splitrail.ExperimentSvc;

/// <summary>Settings as they are written, each with its bounds. A bad one is a fault that quotes it with the fix, and the usual value is taken until the start is refused.</summary>
internal static class SettingText
{
    public static int Number(IConfigurationSection section, string name, int fallback, int least, int most, List<string> faults)
    {
        if (section[name] is not { Length: > 0 } text)
            return fallback;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        faults.Add($"{section.Path}:{name} is '{text}': give a whole number from {least} to {most}, such as {fallback}.");
        return fallback;
    }

    public static double Part(IConfigurationSection section, string name, double fallback, double least, double most, List<string> faults)
    {
        if (section[name] is not { Length: > 0 } text)
            return fallback;
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var part) && part >= least && part <= most)
            return part;
        faults.Add(string.Create(CultureInfo.InvariantCulture, $"{section.Path}:{name} is '{text}': give a number from {least} to {most}, such as {fallback}."));
        return fallback;
    }

    public static TimeSpan Span(IConfigurationSection section, string name, TimeSpan fallback, TimeSpan least, TimeSpan most, List<string> faults)
    {
        if (section[name] is not { Length: > 0 } text)
            return fallback;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= least && span <= most)
            return span;
        faults.Add($"{section.Path}:{name} is '{text}': give a time span from {least:c} to {most:c}, such as {fallback:c}.");
        return fallback;
    }

    /// <summary>Off when nothing is said.</summary>
    public static bool Switch(IConfigurationSection section, string name, List<string> faults)
    {
        if (section[name] is not { Length: > 0 } text)
            return false;
        if (bool.TryParse(text, out var on))
            return on;
        faults.Add($"{section.Path}:{name} is '{text}': give true or false.");
        return false;
    }
}
