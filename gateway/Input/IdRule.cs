using Splitrail.Contracts;
using Splitrail.Input;

namespace Splitrail.Gateway.Input;

/// <summary><see cref="ShopIds"/> at the public border.</summary>
internal static class IdRule
{
    public const int MaxLength = ShopIds.MaxLength;

    public const string Text = ShopIds.Rule;

    public static bool IsKept(string? id) => ShopIds.IsKept(id);

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
