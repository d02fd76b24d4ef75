using System.Security.Cryptography;
using System.Text;

namespace Splitrail.ExperimentSvc.Chains;

internal static class ChainHash
{
    /// <summary>What the first entry follows.</summary>
    public static string Genesis { get; } = new('0', 64);

    /// <summary>SHA-256 over the UTF-8 of an entry's canonical text, in hex.</summary>
    public static string Of(string canonical) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
}
