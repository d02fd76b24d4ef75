namespace Splitrail.Gateway.Assignment;

/// <summary>Who is randomised: the user, else the session, else nobody.</summary>
/// <param name="Kind">One of <see cref="User"/>, <see cref="Session"/>, <see cref="None"/>.</param>
/// <param name="Id">Empty for nobody.</param>
internal readonly record struct ExperimentUnit(string Kind, string Id)
{
    public const string User = "user";
    public const string Session = "session";
    public const string None = "none";

    public bool IsKnown => Id.Length > 0;

    public static ExperimentUnit Of(string? userId, string? sessionId) =>
        userId is not null ? new(User, userId) : sessionId is not null ? new(Session, sessionId) : new(None, "");
}
