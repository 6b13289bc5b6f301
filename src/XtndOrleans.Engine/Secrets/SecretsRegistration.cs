using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace XtndOrleans.Engine.Secrets;

/// <summary>Registers the key ring that seals secrets.</summary>
public static class SecretsRegistration
{
    /// <summary>Data Protection with its key ring in the database, sealed by the master key when there is one.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("XtndOrleans");
        services.AddSingleton<PostgresKeyRing>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(ring =>
        {
            var options = provider.GetRequiredService<IOptions<SecretOptions>>().Value;
            ring.XmlRepository = provider.GetRequiredService<PostgresKeyRing>();
            ring.XmlEncryptor = options.HasMasterKey ? new MasterKeyEncryptor(options) : null;
        }));
        return services;
    }
}
