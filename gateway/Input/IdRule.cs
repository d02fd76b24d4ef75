using System.Buffers;

namespace Splitrail.Gateway.Input;

/// <summary>What an id of a user, session, item, event or request looks like: harmless in a URL, a log, a file and a key.</summary>
internal static class IdRule
{
    public const int MaxLength = 256;

    public const string Text = "must have 1 to 256 characters, each one of A-Z a-z 0-9 - _ . : @ | ~ + =";

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:@|~+=");

    public static bool IsKept(string? id) => id is { Length: > 0 and <= MaxLength } && !id.AsSpan().ContainsAnyExcept(s_allowed);

    /// <summary>Null when the id keeps the rule.</summary>
    public static InputFault? FaultOf(string member, string? id) => IsKept(id) ? null : new InputFault(member, id, Text);

    /// <summary>Null when the id keeps the rule or is not given.</summary>
    public static InputFault? FaultOfOptional(string member, string? id) => id is null ? null : FaultOf(member, id);

    /// <summary>The first fault of a list, null when there is none.</summary>
    public static InputFault? FaultOfList(string member, IReadOnlyList<string?>? ids, int max)
    {
        if (ids is null)
            return null;
        if (ids.Count > max)
            return new InputFault(member, new RawJson($"a list of {ids.Count}"), $"may have at most {max} ids");
        for (var i = 0; i < ids.Count; i++)
        {
            if (!IsKept(ids[i]))
                return new InputFault($"{member}[{i}]", ids[i], Text);
        }

        return null;
    }
}
