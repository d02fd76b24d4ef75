using Splitrail.ExperimentSvc.Api;

namespace Splitrail.ExperimentSvc.Access;

/// <summary>Accounts as settings: <c>Accounts:0:Name</c>, <c>:Role</c>, and <c>:Key</c> or <c>:KeySha256</c> (hex), from a secret.</summary>
internal static class AccountSettings
{
    /// <summary>Keys are hashed without a salt and without stretching: that is safe for long random ones only.</summary>
    public const int LeastKey = 12;

    public static IReadOnlyList<Account> Read(IConfigurationSection section, List<string> faults)
    {
        List<Account> accounts = [];
        foreach (var one in section.GetChildren())
        {
            if (One(one, faults) is not { } account)
                continue;
            if (accounts.Any(known => known.Name == account.Name))
                faults.Add($"{one.Path}:Name is '{account.Name}', which another account has: give each its own.");
            accounts.Add(account);
        }

        return accounts;
    }

    private static Account? One(IConfigurationSection section, List<string> faults)
    {
        var before = faults.Count;
        var name = section["Name"] ?? "";
        if (!RequestActor.IsName(name))
            faults.Add($"{section.Path}:Name is '{name}': give {RequestActor.Rule}.");
        var role = Roles.Find(section["Role"]);
        if (role is null)
            faults.Add($"{section.Path}:Role is '{section["Role"]}': give one of {string.Join(", ", Roles.Names)}.");
        var hash = KeyHashOf(section, faults);
        return faults.Count == before ? new Account(name, role!.Value, hash) : null;
    }

    private static byte[] KeyHashOf(IConfigurationSection section, List<string> faults)
    {
        var (key, hex) = (section["Key"], section["KeySha256"]);
        if (string.IsNullOrEmpty(key) == string.IsNullOrEmpty(hex))
        {
            faults.Add($"{section.Path}: give either Key or KeySha256.");
            return [];
        }

        if (!string.IsNullOrEmpty(key))
        {
            if (key.Length < LeastKey)
                faults.Add($"{section.Path}:Key has {key.Length} characters: give {LeastKey} or more random ones.");
            return Account.HashOf(key);
        }

        if (hex!.Length == 64 && hex.All(char.IsAsciiHexDigit))
            return Convert.FromHexString(hex);
        faults.Add($"{section.Path}:KeySha256 has {hex.Length} characters: give the 64 hex digits of `printf %s KEY | sha256sum`.");
        return [];
    }
}
