using Calf.Operations;

namespace Calf.Tests.Operations;

public sealed class RootCertificatesTests
{
    [Fact]
    public void Debian_with_its_own_folder_needs_no_variable() =>
        Assert.Null(Choose([], files: ["/etc/ssl/certs/ca-certificates.crt"], folders: ["/usr/lib/ssl/certs"]));

    [Fact]
    public void Debian_without_the_openssl_package_uses_its_bundle() =>
        Assert.Equal(("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt"),
            Choose([], files: ["/etc/ssl/certs/ca-certificates.crt"], folders: ["/etc/ssl/certs"]));

    [Fact]
    public void Fedora_uses_its_bundle() =>
        Assert.Equal(("SSL_CERT_FILE", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Choose([], files: ["/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"]));

    [Fact]
    public void A_folder_of_certificates_is_used_where_there_is_no_bundle() =>
        Assert.Equal(("SSL_CERT_DIR", "/etc/ssl/certs"), Choose([], folders: ["/etc/ssl/certs"]));

    [Theory]
    [InlineData("SSL_CERT_FILE")]
    [InlineData("SSL_CERT_DIR")]
    public void A_variable_that_a_person_set_stays(string name) =>
        Assert.Null(Choose([name], files: ["/etc/ssl/cert.pem"]));

    [Fact]
    public void A_machine_without_certificates_gets_no_variable() => Assert.Null(Choose([]));

    private static (string, string)? Choose(string[] set, string[]? files = null, string[]? folders = null) =>
        RootCertificates.Choose(
            name => set.Contains(name) ? "/chosen" : null,
            path => files?.Contains(path) ?? false,
            path => folders?.Contains(path) ?? false);
}
