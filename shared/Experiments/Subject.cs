using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>Who asks.</summary>
/// <param name="UserId">Null for a guest.</param>
/// <param name="SessionId">Null when the shop keeps no session.</param>
/// <param name="KeepsSession">The session began as a guest's: its arms stay until it ends, though the user is known by now.</param>
public readonly record struct Subject(string? UserId, string? SessionId, bool KeepsSession = false)
{
    public const string User = UnitKinds.User;
    public const string Session = UnitKinds.Session;
    public const string Nobody = "none";

    /// <summary>The id that is randomised in layers of this unit; null when it has none.</summary>
    public string? IdIn(string? unit) => unit switch
    {
        UnitKinds.User => UserId,
        UnitKinds.Session => SessionId,
        _ => KeepsSession ? SessionId ?? UserId : UserId ?? SessionId,
    };

    /// <summary>The user whose session is randomised in his place; null when it is not.</summary>
    public string? LinkedUserIn(string? unit) => KeepsSession && (unit is null or UnitKinds.Any) && SessionId is not null ? UserId : null;

    /// <returns><see cref="User"/>, <see cref="Session"/> or <see cref="Nobody"/>.</returns>
    public string KindIn(string? unit)
    {
        var id = IdIn(unit);
        return id is null ? Nobody : ReferenceEquals(id, UserId) ? User : Session;
    }
}
