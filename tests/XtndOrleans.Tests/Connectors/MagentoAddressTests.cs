using XtndOrleans.Connectors.Magento;

namespace XtndOrleans.Tests.Connectors;

public sealed class MagentoAddressTests
{
    [Theory]
    [InlineData("http://domain.com", "http://domain.com/rest/V1/")]
    [InlineData("  https://shop.example/ \n", "https://shop.example/rest/V1/")]
    [InlineData("https://shop.example/rest", "https://shop.example/rest/V1/")]
    [InlineData("https://shop.example/rest/", "https://shop.example/rest/V1/")]
    [InlineData("https://shop.example/rest/V1", "https://shop.example/rest/V1/")]
    [InlineData("https://shop.example/V1/", "https://shop.example/rest/V1/")]
    [InlineData("https://shop.example/V1/products", "https://shop.example/rest/V1/")]
    [InlineData("https://shop.example/v1/rest/V1", "https://shop.example/v1/rest/V1/")]
    [InlineData("\uFEFFhttps://shop.example/rest/V1\u200B", "https://shop.example/rest/V1/")]
    [InlineData("\u2068https://shop.example/rest/V1\u2069\u00A0", "https://shop.example/rest/V1/")]
    [InlineData("HTTPS://Shop.Example/REST/v1", "https://shop.example/rest/V1/")]
    [InlineData("https://shop.example:443//rest//V1//", "https://shop.example/rest/V1/")]
    [InlineData("https://shop.example:8443/sub/index.php/rest/V1", "https://shop.example:8443/sub/index.php/rest/V1/")]
    [InlineData("http://domain.com/index.php/rest/V1", "http://domain.com/index.php/rest/V1/")]
    [InlineData("https://shop.example/index.php", "https://shop.example/index.php/rest/V1/")]
    [InlineData("https://shop.example/Index.PHP/admin/dashboard", "https://shop.example/index.php/rest/V1/")]
    [InlineData("https://shop.example/rest/default/V1", "https://shop.example/rest/default/V1/")]
    [InlineData("https://shop.example/rest/default", "https://shop.example/rest/default/V1/")]
    [InlineData("https://shop.example/rest/all/V1/products", "https://shop.example/rest/all/V1/")]
    [InlineData("https://shop.example/rest/V1/orders?searchCriteria[pageSize]=1#top", "https://shop.example/rest/V1/")]
    [InlineData("https://shop.example/rest/V1/integration/admin/token", "https://shop.example/rest/V1/")]
    [InlineData("http://127.0.0.1:9000/store/1/rest/V1", "http://127.0.0.1:9000/store/1/rest/V1/")]
    [InlineData("http://[::1]:9000/rest/V1", "http://[::1]:9000/rest/V1/")]
    [InlineData("https://shop.example/a/../b/rest/V1", "https://shop.example/b/rest/V1/")]
    public void An_address_is_read_as_people_type_it(string typed, string expected)
    {
        Assert.True(MagentoAddress.TryRead(typed, out var address, out var problem), problem);
        Assert.Equal(expected, address.AbsoluteUri);
    }

    [Theory]
    [InlineData("", "Type the store's address")]
    [InlineData("   ", "Type the store's address")]
    [InlineData(null, "Type the store's address")]
    [InlineData("shop.example/rest/V1", "Type https://")]
    [InlineData("localhost:9000/rest", "Type https://")]
    [InlineData("ftp://shop.example", "must begin with https://")]
    [InlineData("file:///etc/passwd", "not an address")]
    [InlineData("javascript:alert(1)", "Type https://")]
    [InlineData("https://", "not an address")]
    [InlineData("https://:80/rest", "not an address")]
    [InlineData("https://\u202E./rest", "not an address")]
    [InlineData("https://admin:hunter2@shop.example", "Take the user name and the password out")]
    [InlineData("https://shop.example/my shop", "space")]
    [InlineData("https://shop.example/rest/%20/V1", "store view's code")]
    [InlineData("https://shop.example:0/rest", "Port 0")]
    public void What_is_no_address_is_answered_with_what_to_type(string? typed, string expected)
    {
        Assert.False(MagentoAddress.TryRead(typed, out _, out var problem));
        Assert.Contains(expected, problem);
        Assert.DoesNotContain("hunter2", problem);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ü")]
    public void A_host_too_long_for_dns_is_no_address(string letter)
    {
        var host = string.Join('.', Enumerable.Repeat(letter, 130));
        Assert.False(MagentoAddress.TryRead($"https://{host}.example/rest/V1", out _, out var problem));
        Assert.Contains("not an address", problem);
    }

    [Theory]
    [InlineData("https://shop.example/rest/V1/", "https://shop.example/", "https://shop.example/index.php/rest/V1/", null)]
    [InlineData("https://shop.example/sub/rest/de/V1/", "https://shop.example/sub/", "https://shop.example/sub/index.php/rest/de/V1/", "de")]
    [InlineData("https://shop.example/index.php/rest/V1/", "https://shop.example/", null, null)]
    public void The_other_addresses_of_a_store_follow_from_its_base(string baseAddress, string storefront, string? withIndexPhp, string? storeCode)
    {
        var address = new Uri(baseAddress);
        Assert.Equal(storefront, MagentoAddress.Storefront(address).AbsoluteUri);
        Assert.Equal(withIndexPhp, MagentoAddress.WithIndexPhp(address)?.AbsoluteUri);
        Assert.Equal(storeCode, MagentoAddress.StoreCode(address));
    }
}
