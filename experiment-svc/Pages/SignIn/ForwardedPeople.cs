using System.Security.Cryptography;
using System.Text;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Api;

namespace Splitrail.ExperimentSvc.Pages.SignIn;

/// <summary>
/// People whom a proxy in front of the shop has signed in. Its headers arrive through gateway and sidecars like anybody's, so it proves itself by a secret.
/// </summary>
/// <param name="Secret">What the proxy sends in <see cref="SecretHeader"/>.</param>
/// <param name="UserHeader">Who it is.</param>
/// <param name="GroupsHeader">The groups, separated by commas.</param>
/// <param name="Groups">Role by group; the highest counts, and who is in none is nobody here.</param>
internal sealed record ForwardedPeople(string Secret, string UserHeader, string GroupsHeader, IReadOnlyDictionary<string, Role> Groups)
{
    public const string SecretHeader = "X-Console-Proxy-Secret";

    private const int LeastSecret = 16;

    /// <summary>Null when nothing is said of a proxy.</summary>
    public static ForwardedPeople? From(IConfigurationSection section, List<string> faults)
    {
        if (!section.Exists())
            return null;
        var secret = section["Secret"] ?? "";
        if (secret.Length < LeastSecret)
            faults.Add($"{section.Path}:Secret has {secret.Length} characters: give {LeastSecret} or more random ones, and let the proxy send them as {SecretHeader}.");
        Dictionary<string, Role> groups = new(StringComparer.Ordinal);
        foreach (var group in section.GetSection("Groups").GetChildren())
        {
            if (Roles.Find(group.Value) is { } role)
                groups[group.Key] = role;
            else
                faults.Add($"{group.Path} is '{group.Value}': give one of {string.Join(", ", Roles.Names)}.");
        }

        if (groups.Count == 0)
            faults.Add($"{section.Path}:Groups is empty: name the role of a group at least, such as {section.Path}:Groups:shop-owners=editor.");
        return new ForwardedPeople(secret, section["UserHeader"] ?? "X-Forwarded-User", section["GroupsHeader"] ?? "X-Forwarded-Groups", groups);
    }

    /// <summary>Null when the proxy did not prove itself, or its user is nobody here.</summary>
    public (string Name, Role Role)? Find(HttpRequest request)
    {
        var shown = Encoding.UTF8.GetBytes(request.Headers[SecretHeader].ToString());
        if (!CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes(Secret)))
            return null;
        var name = request.Headers[UserHeader].ToString();
        var roles = request.Headers[GroupsHeader].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(Groups.ContainsKey).Select(group => Groups[group]).ToArray();
        return roles.Length > 0 && RequestActor.IsName(name) ? (name, roles.Max()) : null;
    }
}
