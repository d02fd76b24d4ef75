using Splitrail.Contracts;

namespace Splitrail.Local;

/// <summary>One <c>APP:KEY=VALUE</c> of the command line: a setting for one service.</summary>
internal static class ServiceSetting
{
    /// <returns>The app-id and the argument it gets, or null when the text is not of the form.</returns>
    public static (string AppId, string Argument)? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || text.IndexOf('=', colon) <= colon + 1 || !AppIds.All.Contains(text[..colon]))
            return null;
        return (text[..colon], $"--{text[(colon + 1)..]}");
    }

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Group(IEnumerable<string> settings) => settings
        .Select(Parse)
        .OfType<(string AppId, string Argument)>()
        .GroupBy(static one => one.AppId, StringComparer.Ordinal)
        .ToDictionary(static app => app.Key, static app => (IReadOnlyList<string>)[.. app.Select(static one => one.Argument)], StringComparer.Ordinal);
}
