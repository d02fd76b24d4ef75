using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Splitrail.ExperimentSvc.Pages.SignIn;

/// <summary>What the keys in the database are encrypted with: a certificate and its private key as PEM files, such as those of a Kubernetes TLS secret.</summary>
internal static class KeyCertificate
{
    public const string Name = "KeyCertificate";
    public const string KeyName = "KeyCertificateKey";

    /// <summary>Null when none is named, or when it is a fault.</summary>
    public static X509Certificate2? Read(IConfigurationSection section, List<string> faults)
    {
        var (file, key) = (section[Name], section[KeyName]);
        if (string.IsNullOrEmpty(file) && string.IsNullOrEmpty(key))
            return null;
        if (string.IsNullOrEmpty(file) || string.IsNullOrEmpty(key))
        {
            faults.Add($"{section.Path}: {Name} and {KeyName} belong together, and only one of them is given: name both PEM files.");
            return null;
        }

        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(file, key);
            if (certificate.GetRSAPrivateKey() is not null)
                return certificate;
            certificate.Dispose();
            faults.Add($"{section.Path}:{Name} is '{file}', whose key is not RSA: keys are encrypted with RSA only.");
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            faults.Add($"{section.Path}:{Name} is '{file}' with the key '{key}', which cannot be read: {wrong.Message}");
        }

        return null;
    }
}
