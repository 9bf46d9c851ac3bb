/** One invented listing of a VN30 name: price and shares are plausible, not quotations. */
export interface Vn30Listing {
  readonly symbol: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly priceVnd: number;
  readonly sharesMillion: number;
}

/** Ticker, Vietnamese name, English name, price in VND, listed shares in millions; busiest first. */
const ROWS = `
SSI|Chứng khoán SSI|SSI Securities|33600|2080
HPG|Tập đoàn Hòa Phát|Hoa Phat Group|27800|7660
SHB|Ngân hàng Sài Gòn - Hà Nội|Saigon Hanoi Bank|16900|4590
VIC|Tập đoàn Vingroup|Vingroup|118500|3850
MBB|Ngân hàng Quân đội|Military Bank|25400|8060
FPT|Công ty Cổ phần FPT|FPT Corporation|98700|1700
VPB|Ngân hàng Việt Nam Thịnh Vượng|VPBank|29100|7930
STB|Ngân hàng Sài Gòn Thương Tín|Sacombank|54200|1885
MWG|Đầu tư Thế Giới Di Động|Mobile World Investment|79500|1470
TCB|Ngân hàng Kỹ Thương Việt Nam|Techcombank|37200|7080
VHM|Công ty Cổ phần Vinhomes|Vinhomes|96300|4100
HDB|Ngân hàng Phát triển TP.HCM|HDBank|31800|3510
MSN|Tập đoàn Masan|Masan Group|78900|1510
CTG|Ngân hàng Công Thương Việt Nam|VietinBank|48300|5370
VNM|Sữa Việt Nam|Vinamilk|62400|2090
ACB|Ngân hàng Á Châu|Asia Commercial Bank|26150|5130
VRE|Vincom Retail|Vincom Retail|31250|2270
VCB|Ngân hàng Ngoại thương Việt Nam|Vietcombank|61900|8350
TCX|Chứng khoán Kỹ Thương|Techcom Securities|45700|2310
VJC|Hàng không VietJet|VietJet Aviation|142300|590
BID|Ngân hàng Đầu tư và Phát triển|BIDV|38450|7020
VIB|Ngân hàng Quốc Tế|Vietnam International Bank|19650|3400
GVR|Tập đoàn Công nghiệp Cao su|Vietnam Rubber Group|27350|4000
LPB|Ngân hàng Lộc Phát Việt Nam|LPBank|49800|2980
BSR|Lọc hóa dầu Bình Sơn|Binh Son Refining|18750|5000
GAS|Tổng công ty Khí Việt Nam|PetroVietnam Gas|64100|2410
SSB|Ngân hàng Đông Nam Á|SeABank|18350|2840
VPL|Công ty Cổ phần Vinpearl|Vinpearl|87600|1790
SAB|Bia - Rượu - Nước giải khát Sài Gòn|Sabeco|47350|1280
MCH|Hàng tiêu dùng Masan|Masan Consumer|138400|1060
`;

/** The thirty VN30 names, busiest first. */
export const VN30_LISTINGS: readonly Vn30Listing[] = ROWS.trim().split("\n").map((row) => {
  const [symbol, nameVi, nameEn, price, shares] = row.split("|") as [
    string,
    string,
    string,
    string,
    string,
  ];
  return { symbol, nameVi, nameEn, priceVnd: Number(price), sharesMillion: Number(shares) };
});
