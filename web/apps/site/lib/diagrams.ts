/** placeholder */
export function withDrawings(html: string): string {
  return html;
}
