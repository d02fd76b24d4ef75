namespace Splitrail.ExperimentSvc.Access;

/// <summary>What somebody may do; each may do all that those before it may.</summary>
public enum Role
{
    /// <summary>Sees everything, changes nothing.</summary>
    Viewer,

    /// <summary>Writes, starts, pauses, ends and rolls back experiments.</summary>
    Editor,

    /// <summary>Approves what others wrote, and promotes.</summary>
    Approver,

    /// <summary>Changes what concerns everybody: layers, holdouts, switches, models.</summary>
    Admin,
}

internal static class Roles
{
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<Role>().Select(NameOf)];

    public static string NameOf(this Role role) => role.ToString().ToLowerInvariant();

    /// <summary>Null when there is no such role.</summary>
    public static Role? Find(string? name) => Names.Contains(name, StringComparer.Ordinal) ? Enum.Parse<Role>(name!, ignoreCase: true) : null;
}
