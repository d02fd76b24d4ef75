using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shouldly;
using Splitrail.Hosting;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>The keys that sign cookies, as they lie in the database.</summary>
[Collection(PostgresTests.Name)]
public sealed class StoredKeyTests(PostgresServer postgres)
{
    private const string Link = "a-link-that-signs-in-once";

    [Theory, OnSqlite, OnPostgres]
    public async Task With_a_certificate_no_key_lies_open(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync([$"--ExperimentSvc:Console:LinkToken={Link}", .. Certificate(store.In("tls.crt"), store.In("tls.key"))]);
        using var signedIn = await service.Http.GetAsync($"/console/sign-in/link/{Link}");
        signedIn.EnsureSuccessStatusCode();
        (await store.NumberAsync("SELECT COUNT(*) FROM console_keys")).ShouldBeGreaterThan(0);
        (await store.NumberAsync("SELECT COUNT(*) FROM console_keys WHERE content LIKE '%<masterKey%'")).ShouldBe(0);
        (await store.NumberAsync("SELECT COUNT(*) FROM console_keys WHERE content LIKE '%EncryptedData%'")).ShouldBeGreaterThan(0);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task With_another_certificate_new_keys_are_made_and_people_can_sign_in(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        foreach (var time in new[] { "first", "second" })
        {
            var link = $"a-link-of-the-{time}-certificate";
            var service = await store.ExperimentAsync([$"--ExperimentSvc:Console:LinkToken={link}", .. Certificate(store.In($"{time}.crt"), store.In($"{time}.key"))]);
            using var page = await service.Http.GetAsync($"/console/sign-in/link/{link}");
            page.EnsureSuccessStatusCode();
            (await page.Content.ReadAsStringAsync()).ShouldContain("Sign out", customMessage: time);
        }
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_is_refused_at_the_start() =>
        Should.Throw<OptionsFaultException>(static () => ExperimentSvc.ExperimentApp.Build(
            ["--ExperimentSvc:Console:KeyCertificate=/nowhere/tls.crt", "--ExperimentSvc:Console:KeyCertificateKey=/nowhere/tls.key"])).Message.ShouldContain("/nowhere/tls.crt");

    private static string[] Certificate(string file, string key)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=splitrail-console", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
        return [$"--ExperimentSvc:Console:KeyCertificate={file}", $"--ExperimentSvc:Console:KeyCertificateKey={key}"];
    }
}
