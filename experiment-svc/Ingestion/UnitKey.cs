using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Units as keys: <c>u:USER</c> and <c>s:SESSION</c>, so that a user and a session of one name are two. A person has the key of his user, or of a session that nobody logged in on.</summary>
internal static class UnitKey
{
    public static string OfUser(string id) => $"u:{id}";

    public static string OfSession(string id) => $"s:{id}";

    public static string Of(Exposure exposure) => Of(exposure.Unit, exposure.UnitKind);

    public static string Of(string unit, string kind) => kind == UnitKinds.Session ? OfSession(unit) : OfUser(unit);

    public static bool IsSession(string key) => key.StartsWith("s:", StringComparison.Ordinal);

    public static string IdOf(string key) => key[2..];
}
