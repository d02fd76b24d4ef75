using System.Globalization;

namespace Splitrail.RankingSvc;

/// <summary>Reads settings of one section; what is wrong becomes a fault with the value and the fix, and the default goes on.</summary>
internal sealed class SettingReader(IConfigurationSection section, List<string> faults)
{
    public string Text(string name, string usual) => section[name] is { Length: > 0 } text ? text : usual;

    public TimeSpan Time(string name, TimeSpan usual, TimeSpan least, TimeSpan most)
    {
        var text = section[name];
        if (text is null)
            return usual;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= least && time <= most)
            return time;
        faults.Add($"{section.Path}:{name} is '{text}': give a time span from {Text(least)} to {Text(most)}, such as {Text(usual)}.");
        return usual;
    }

    public long Number(string name, long usual, long least, long most)
    {
        var text = section[name];
        if (text is null)
            return usual;
        if (long.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        faults.Add($"{section.Path}:{name} is '{text}': give a whole number from {least} to {most}, such as {usual}.");
        return usual;
    }

    public double Share(string name, double usual)
    {
        var text = section[name];
        if (text is null)
            return usual;
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
            return share;
        faults.Add($"{section.Path}:{name} is '{text}': give a share from 0 to 1, such as {usual}.");
        return usual;
    }

    public T Choice<T>(string name, T usual) where T : struct, Enum
    {
        var text = section[name];
        if (text is null)
            return usual;
        if (Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice))
            return choice;
        faults.Add($"{section.Path}:{name} is '{text}': give one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
        return usual;
    }

    private static string Text(TimeSpan span) => span.ToString(span.Milliseconds == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.fff");
}
