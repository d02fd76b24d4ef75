using System.Security.Cryptography;
using System.Text.Json;
using Splitrail.Contracts;

namespace Splitrail.Feeds;

/// <summary>SHA-256 over the JSON of what a snapshot says, without its version, time and the hash itself.</summary>
public static class SnapshotHash
{
    public static string Of(ControlSnapshot snapshot) => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(Content(snapshot), ContractsJson.Default.ControlSnapshot)));

    public static bool Matches(ControlSnapshot snapshot) => Of(snapshot) == snapshot.ContentHash;

    private static ControlSnapshot Content(ControlSnapshot snapshot) => snapshot with
    {
        Version = 0,
        CreatedMs = 0,
        ContentHash = "",
        // A dictionary has no order of its own.
        Flags = new SortedDictionary<string, bool>(snapshot.Flags.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
    };
}
