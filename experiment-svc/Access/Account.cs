using System.Security.Cryptography;
using System.Text;

namespace Splitrail.ExperimentSvc.Access;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Name">As it stands in the history; a name that <c>X-Actor</c> takes.</param>
/// <param name="Role">What he may do.</param>
/// <param name="KeyHash">SHA-256 of his key.</param>
internal sealed record Account(string Name, Role Role, ReadOnlyMemory<byte> KeyHash)
{
    public bool Opens(string key) => CryptographicOperations.FixedTimeEquals(KeyHash.Span, HashOf(key));

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
